@org.jspecify.annotations.NullMarked
package lvc.core.verify;
