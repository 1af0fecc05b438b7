/** Image files as the bytes that a network takes: decoding, scaling and cropping, the same in builds and in services. */
package dev.octet.runtime.image;
