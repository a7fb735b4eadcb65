package io.tapline.sync;

/** What is done with user profiles: the connector's "User Profiles Operation". */
public enum Operation {
  UPLOAD_USER_PROFILES,
  UPLOAD_DEVICE_TOKENS,
  DEMERGE_USER_PROFILE,
  UPDATE_SUBSCRIPTION,
  DISASSOCIATE_PHONE
}
