package io.tapline.local.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a sync, key by key as the page of settings has them; what is a default is left out.
 */
final class SyncDraft {

  /** Who gets the mail about a custom list; a person has to put the own admin there. */
  static final String ADMIN = "admin@example.com";

  private final String name;
  private final Map<String, Object> keys = new LinkedHashMap<>();

  /**
   * Begins a sync of this kind, which pushes to the built-in CleverTap.
   *
   * @param name the sync's, which is its file's
   * @param schema where an editor finds the JSON Schema; null: it is not said
   */
  SyncDraft(String name, Kind kind, @Nullable String schema) {
    this.name = name;
    if (schema != null) {
      keys.put("$schema", schema);
    }
    keys.put("connection", "stand-in");
    keys.put("prefix", "exports/" + name + "/");
    keys.put("target", kind.target().name());
    if (kind.operation() != null) {
      keys.put("operation", kind.operation().name());
    }
    keys.put("skipOnInvalidRecord", true);
    if (kind == Kind.CUSTOM_LIST) {
      Map<String, Object> list = new LinkedHashMap<>();
      list.put("name", name);
      list.put("userEmail", ADMIN);
      list.put("mode", "CREATE_NEW_SEGMENT");
      keys.put("customList", list);
    }
  }

  /** Adds an object, unless it is empty. */
  void put(String key, Map<String, ?> object) {
    if (!object.isEmpty()) {
      keys.put(key, object);
    }
  }

  byte[] json() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(lines);
    try {
      String text = JsonMapper.builder().build().writer(printer).writeValueAsString(keys);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers and maps of these are always JSON", e);
    }
  }

  /** As a push would load it. */
  Sync load() {
    return SyncLoader.load(name, json(), name + ".json");
  }
}
