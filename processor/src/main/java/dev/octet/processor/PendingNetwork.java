package dev.octet.processor;

import java.util.Optional;
import javax.lang.model.element.TypeElement;

/**
 * A definition of the current round whose typed class is not written yet.
 *
 * @param definition the annotated class
 * @param facade names of its typed class
 * @param contract what its annotation says; empty if that was refused, and is reported
 */
record PendingNetwork(TypeElement definition, Facade facade, Optional<Contract> contract) {}
