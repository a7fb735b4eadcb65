package io.tapline.report;

import io.tapline.report.Report.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Bars over time, one upon another where there are several series. The texts stand beside the
 * picture, so that they stay readable whatever its width.
 *
 * @param id of its elements
 */
record Plot(String id, String title, List<Series> series) {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 100;

  /**
   * What one kind of bar counts.
   *
   * @param name its class
   */
  record Series(String name, String words, ToLongFunction<Point> count) {}

  /**
   * Adds it to the page.
   *
   * @param points at least two, in order
   */
  void add(Html html, List<Point> points) {
    long start = points.getFirst().at().getEpochSecond();
    long step = Timeline.stretch(points);
    long end = points.getLast().at().getEpochSecond() + step;
    long most = points.stream().mapToLong(this::total).max().orElse(0);
    html.add(
        "<figure>\n<figcaption>%s<span class=\"small\">at most %,d in %s</span></figcaption>\n",
        title, most, words(step));
    html.add(
        "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\""
            + " aria-labelledby=\"%s-title\" aria-describedby=\"%s-desc\">\n",
        WIDTH, HEIGHT, id, id);
    html.add(
        "<title id=\"%s-title\">%s over time</title>\n<desc id=\"%s-desc\">%s</desc>\n",
        id, title, id, description(points, most, step));
    for (Point point : points) {
      bar(html, point, most, start, step, end);
    }
    html.addOurs("</svg>\n")
        .add(
            "<p class=\"axis\"><span>%s</span><span>%s</span></p>\n",
            ReportPage.time(points.getFirst().at()),
            ReportPage.time(points.getFirst().at().plusSeconds(end - start)));
    if (series.size() > 1) {
      html.addOurs("<ul class=\"legend\" role=\"list\">\n");
      for (Series one : series) {
        html.add("<li><span class=\"swatch %s\"></span>%s</li>\n", one.name(), one.words());
      }
      html.addOurs("</ul>\n");
    }
    html.addOurs("</figure>\n");
  }

  private void bar(Html html, Point point, long most, long start, long step, long end) {
    double x = (double) WIDTH * (point.at().getEpochSecond() - start) / (end - start);
    double width = (double) WIDTH * step / (end - start);
    double top = HEIGHT;
    for (Series one : series) {
      double height = most == 0 ? 0 : (double) HEIGHT * one.count().applyAsLong(point) / most;
      top -= height;
      if (height > 0) {
        html.add(
            "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>\n",
            one.name(), x, top, width * 0.9, height);
      }
    }
  }

  private long total(Point point) {
    return series.stream().mapToLong(one -> one.count().applyAsLong(point)).sum();
  }

  private String description(List<Point> points, long most, long step) {
    StringBuilder text = new StringBuilder();
    for (Series one : series) {
      long sum = points.stream().mapToLong(one.count()).sum();
      text.append(String.format(Locale.ROOT, "%,d %s; ", sum, one.words()));
    }
    return text.append(String.format(Locale.ROOT, "at most %,d in %s.", most, words(step)))
        .append(" The table below has the figures.")
        .toString();
  }

  private static String words(long seconds) {
    return seconds == 1 ? "1 second" : seconds + " seconds";
  }
}
