package demo;

/** Uses the typed class where its absence would be an error. */
abstract class User {
    abstract float[] run(WrongNetwork network);
}
