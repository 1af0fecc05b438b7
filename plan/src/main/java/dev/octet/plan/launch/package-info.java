/** Launch programs: which kernels a target runs, over which regions, with which arguments, in which memory. */
package dev.octet.plan.launch;
