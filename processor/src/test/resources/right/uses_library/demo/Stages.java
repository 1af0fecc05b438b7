package demo;

final class Stages {
    static int width() {
        return 4;
    }
}
