package dev.octet.processor.host;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;

/** Lists what the outer compilation has in a package: sources where it compiles them, else class files. */
final class OuterPackages {
    private final Elements elements;
    private final Trees trees;
    private final LibraryClasses classes;

    OuterPackages(ProcessingEnvironment environment, Trees trees, LibraryClasses classes) {
        this.elements = environment.getElementUtils();
        this.trees = trees;
        this.classes = classes;
    }

    List<JavaFileObject> list(String packageName, Set<Kind> kinds) {
        List<JavaFileObject> files = new ArrayList<>();
        PackageElement element = elements.getPackageElement(packageName);
        if (element != null) {
            for (TypeElement type : ElementFilter.typesIn(element.getEnclosedElements())) {
                add(type, kinds, files);
            }
        }
        return files;
    }

    private void add(TypeElement type, Set<Kind> kinds, List<JavaFileObject> files) {
        String binaryName = elements.getBinaryName(type).toString();
        TreePath path = trees.getPath(type);
        if (path != null) {
            if (kinds.contains(Kind.SOURCE)) {
                files.add(new SourceFile(path.getCompilationUnit(), binaryName));
            }
        } else if (kinds.contains(Kind.CLASS)) {
            files.add(new LibraryClass(classes, binaryName));
            for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
                add(nested, kinds, files);
            }
        }
    }
}
