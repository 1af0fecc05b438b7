package demo;

import lombok.Value;

@Value
public class Settings {
    int width;
}
