package io.tapline.record;

/** The name of a JSON field, encoded once for all records: in quotes, and with its colon. */
final class JsonKey {

  private final byte[] bytes;

  private JsonKey(byte[] bytes) {
    this.bytes = bytes;
  }

  static JsonKey of(String name) {
    RecordJson json = new RecordJson(name.length());
    json.key(name);
    return new JsonKey(json.toBytes());
  }

  /** A whole field, whose value is the same in all records. */
  static JsonKey withValue(String name, String value) {
    RecordJson json = new RecordJson(name.length());
    json.field(name, value);
    return new JsonKey(json.toBytes());
  }

  /** Not to be written to. */
  byte[] bytes() {
    return bytes;
  }
}
