package io.tapline.local;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The tests of all modules, read by the JDK's own parser from their sources: the classes of other
 * modules are not on the class path.
 */
final class TestSources {

  /** Where a project keeps its tests, seen from a module. */
  private static final Path TESTS = Path.of("src/test/java");

  /** Modules lie at the root or in one folder of it. */
  private static final int DEPTH_OF_MODULES = 2;

  private static final Set<String> TEST_ANNOTATIONS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "FuzzTest");

  private TestSources() {}

  /**
   * The name of each test that runs, as {@code Class.method}.
   *
   * @param root of the project
   */
  static Set<String> methods(Path root) throws IOException {
    List<Path> sources = sources(root);
    Set<String> methods = new TreeSet<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree testClass) {
            addTests(testClass, methods);
          }
        }
      }
    }
    return methods;
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules =
        Files.find(
            root, DEPTH_OF_MODULES, (path, attributes) -> Files.isDirectory(path.resolve(TESTS)))) {
      for (Path module : modules.toList()) {
        try (Stream<Path> files = Files.walk(module.resolve(TESTS))) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }

  private static void addTests(ClassTree testClass, Set<String> methods) {
    for (Tree member : testClass.getMembers()) {
      if (member instanceof MethodTree method && isTest(method)) {
        methods.add(testClass.getSimpleName() + "." + method.getName());
      }
    }
  }

  /** A test that is switched off proves nothing. */
  private static boolean isTest(MethodTree method) {
    Set<String> annotations =
        method.getModifiers().getAnnotations().stream()
            .map(annotation -> annotation.getAnnotationType().toString())
            .collect(Collectors.toSet());
    return annotations.stream().anyMatch(TEST_ANNOTATIONS::contains)
        && !annotations.contains("Disabled");
  }
}
