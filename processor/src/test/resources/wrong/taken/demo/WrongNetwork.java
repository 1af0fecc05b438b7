package demo;

/** Has the name of the typed class. */
final class WrongNetwork {}
