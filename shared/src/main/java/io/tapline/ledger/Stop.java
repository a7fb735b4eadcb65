package io.tapline.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Why a run was stopped.
 *
 * @param row the row at which, where it is one row's fault
 */
public record Stop(String code, String message, @Nullable Long row) {}
