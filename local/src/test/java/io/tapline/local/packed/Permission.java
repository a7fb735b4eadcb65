package io.tapline.local.packed;

import java.util.Map;

/**
 * What a role must allow for a call.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN of one resource
 * @param context what a condition may ask for, by IAM's names
 */
record Permission(String action, String resource, Map<String, String> context) {

  Permission(String action, String resource) {
    this(action, resource, Map.of());
  }
}
