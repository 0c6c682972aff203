using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>Writes triangles as binary STL, binary PLY 1.0 (little endian) or Wavefront OBJ, in the unit of the mesh.</summary>
internal static class MeshFile
{
    public static string Ending(MeshFormat format) => "." + format.ToString().ToLowerInvariant();

    public static string MediaType(MeshFormat format) => format switch { MeshFormat.Stl => "model/stl", MeshFormat.Ply => "application/ply", _ => "model/obj" };

    /// <summary>Writes the mesh; the stream is left at its start.</summary>
    public static void Write(TriangleMesh mesh, MeshFormat format, string unit, Stream output)
    {
        switch (format)
        {
            case MeshFormat.Stl: Stl(mesh, unit, output); break;
            case MeshFormat.Ply: Ply(mesh, unit, output); break;
            default: Obj(mesh, unit, output); break;
        }

        output.Position = 0;
    }

    private static void Stl(TriangleMesh mesh, string unit, Stream output)
    {
        var head = new byte[84];
        Encoding.ASCII.GetBytes($"CryoHub surface, unit {Ascii(unit)}").CopyTo(head, 0);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(80), mesh.TriangleCount);
        output.Write(head);
        Span<byte> record = stackalloc byte[50]; // normal, three corners, two bytes of nothing
        for (var triangle = 0; triangle < mesh.TriangleCount; triangle++)
        {
            Point(record, mesh.Normal(triangle));
            for (var corner = 0; corner < 3; corner++)
            {
                Point(record[(12 * (corner + 1))..], mesh.Corner(mesh.Triangles[(3 * triangle) + corner]));
            }

            output.Write(record);
        }
    }

    private static void Ply(TriangleMesh mesh, string unit, Stream output)
    {
        output.Write(Encoding.ASCII.GetBytes(
            $"ply\nformat binary_little_endian 1.0\ncomment CryoHub surface, unit {Ascii(unit)}\nelement vertex {mesh.CornerCount}\nproperty float x\nproperty float y\nproperty float z\n"
            + $"element face {mesh.TriangleCount}\nproperty list uchar int vertex_indices\nend_header\n"));
        Span<byte> record = stackalloc byte[13];
        for (var corner = 0; corner < mesh.CornerCount; corner++)
        {
            Point(record, mesh.Corner(corner));
            output.Write(record[..12]);
        }

        record[0] = 3;
        for (var triangle = 0; triangle < mesh.TriangleCount; triangle++)
        {
            for (var corner = 0; corner < 3; corner++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(record[(1 + (4 * corner))..], mesh.Triangles[(3 * triangle) + corner]);
            }

            output.Write(record);
        }
    }

    private static void Obj(TriangleMesh mesh, string unit, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine($"# CryoHub surface, unit {unit}");
        for (var corner = 0; corner < mesh.CornerCount; corner++)
        {
            var (x, y, z) = mesh.Corner(corner);
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"v {(float)x} {(float)y} {(float)z}"));
        }

        for (var triangle = 0; triangle < mesh.TriangleCount; triangle++)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"f {mesh.Triangles[3 * triangle] + 1} {mesh.Triangles[(3 * triangle) + 1] + 1} {mesh.Triangles[(3 * triangle) + 2] + 1}"));
        }
    }

    private static void Point(Span<byte> target, (double X, double Y, double Z) point)
    {
        BinaryPrimitives.WriteSingleLittleEndian(target, (float)point.X);
        BinaryPrimitives.WriteSingleLittleEndian(target[4..], (float)point.Y);
        BinaryPrimitives.WriteSingleLittleEndian(target[8..], (float)point.Z);
    }

    private static string Ascii(string unit) => unit.Replace("µ", "u", StringComparison.Ordinal).Replace("μ", "u", StringComparison.Ordinal).Replace("Å", "A", StringComparison.Ordinal);
}
