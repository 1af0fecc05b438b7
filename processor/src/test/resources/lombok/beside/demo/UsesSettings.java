package demo;

class UsesSettings {
    static final int WIDTH = new Settings(SmallNetwork.INPUT_SIZE).getWidth();
}
