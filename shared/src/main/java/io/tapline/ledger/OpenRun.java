package io.tapline.ledger;

/** A run that is not closed, as its marker says. */
public record OpenRun(String sync, String job, int run) {}
