/** What the CUDA device needs of a driver: implemented by JCuda's binding here, and by whatever else executes PTX. */
package dev.octet.cuda.driver;
