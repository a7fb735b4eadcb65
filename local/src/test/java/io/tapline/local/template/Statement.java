package io.tapline.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a role allows.
 *
 * @param sid its name in the role
 * @param actions such as {@code s3:GetObject}
 * @param resources ARNs, with IAM's {@code *} and {@code ?}
 * @param condition missing where it has none
 */
public record Statement(
    String sid, List<String> actions, List<String> resources, JsonNode condition) {}
