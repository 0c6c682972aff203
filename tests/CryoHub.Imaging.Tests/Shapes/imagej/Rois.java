import ij.ImagePlus;
import ij.gui.*;
import ij.io.*;
import ij.process.*;
import java.awt.Color;
import java.awt.Font;
import java.io.*;
import java.nio.file.*;
import java.util.Locale;
import java.util.zip.*;

/** ImageJ's own encoder and decoder: "write FOLDER" saves one selection of every type; "tell RoiSet.zip" prints a line a selection. */
public class Rois {
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        if (args[0].equals("write")) write(Paths.get(args[1])); else tell(args[1]);
    }

    static void write(Path folder) throws Exception {
        save(folder, "rectangle", new Roi(10, 20, 30, 40));
        save(folder, "rectangle-subpixel", new Roi(10.25, 20.5, 30.5, 40.25));
        Roi oval = new OvalRoi(50, 60, 20, 10);
        oval.setStrokeColor(new Color(255, 136, 0));
        save(folder, "oval", oval);
        save(folder, "ellipse", new EllipseRoi(100, 100, 140, 130, 0.5));
        save(folder, "rotated-rectangle", new RotatedRectRoi(100, 100, 140, 130, 20));
        Roi polygon = new PolygonRoi(new float[] {10, 50, 50, 30}, new float[] {10, 10, 50, 70}, Roi.POLYGON);
        polygon.setPosition(3);
        polygon.setProperty("class", "void");
        save(folder, "polygon", polygon);
        save(folder, "polygon-integer", new PolygonRoi(new int[] {10, 50, 50, 30}, new int[] {10, 10, 50, 70}, 4, Roi.POLYGON));
        save(folder, "freehand", new PolygonRoi(new float[] {10.5f, 50.25f, 50.5f, 10.75f}, new float[] {10.5f, 10.25f, 60.5f, 50.75f}, Roi.FREEROI));
        save(folder, "traced", new PolygonRoi(new int[] {10, 50, 50, 10}, new int[] {10, 10, 60, 60}, 4, Roi.TRACED_ROI));
        save(folder, "line", new Line(1.5, 2.5, 30.25, 40.75));
        save(folder, "arrow", new Arrow(1, 2, 30, 40));
        save(folder, "polyline", new PolygonRoi(new float[] {10, 40, 90}, new float[] {10, 50, 20}, Roi.POLYLINE));
        save(folder, "freeline", new PolygonRoi(new float[] {10.5f, 50.25f, 50.5f}, new float[] {10.5f, 10.25f, 60.5f}, Roi.FREELINE));
        save(folder, "angle", new PolygonRoi(new int[] {10, 50, 50}, new int[] {10, 10, 60}, 3, Roi.ANGLE));
        save(folder, "point", new PointRoi(33, 44));
        save(folder, "points", new PointRoi(new float[] {10.5f, 50.25f}, new float[] {20.5f, 10.25f}, 2));
        save(folder, "composite", new ShapeRoi(new Roi(10, 10, 100, 100)).not(new ShapeRoi(new Roi(30, 30, 20, 20))).or(new ShapeRoi(new Roi(200, 10, 10, 10))));
        save(folder, "text", new TextRoi(20, 30, "Hello Li", new Font("SansSerif", Font.PLAIN, 12)));
        Roi hyper = new Roi(1, 2, 3, 4);
        hyper.setPosition(2, 3, 4);
        save(folder, "hyperstack", hyper);
    }

    static void save(Path folder, String name, Roi roi) throws Exception {
        roi.setName(name);
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".roi"))) {
            new RoiEncoder(out).write(roi);
        }
    }

    /** Name, type, position, number of places, area and perimeter or length by ImageJ, bounds, class and stroke colour. */
    static void tell(String zip) throws Exception {
        ImageProcessor paper = new ByteProcessor(1000, 1000);
        try (ZipInputStream in = new ZipInputStream(new FileInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Roi roi = new RoiDecoder(in.readAllBytes(), entry.getName()).getRoi();
                paper.setRoi(roi);
                java.awt.geom.Rectangle2D.Double b = roi.getFloatBounds();
                FloatPolygon places = roi.getFloatPolygon();
                System.out.printf("%s|%s|%d|%d|%d|%.4f|%.4f,%.4f,%.4f,%.4f|%s|%s%n", roi.getName(), roi.getTypeAsString(), roi.getPosition(), places.npoints,
                    roi.isArea() ? paper.getStatistics().pixelCount : 0, roi.getLength(), b.x, b.y, b.width, b.height, roi.getProperty("class"),
                    roi.getStrokeColor() == null ? "" : String.format("#%06X", roi.getStrokeColor().getRGB() & 0xFFFFFF));
            }
        }
    }
}
