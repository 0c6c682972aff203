using System.Globalization;
using System.Text;
using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>IMOD's alignment files: .xf (A11 A12 A21 A22 DX DY, raw to aligned, about the images' middles) and .tlt (degrees), a line a view.</summary>
internal static class ImodText
{
    public static Stream Transforms(IEnumerable<ViewPose> poses) => Lines(poses.Select(pose =>
    {
        var (sin, cos) = Math.SinCos(pose.Rotation * Math.PI / 180);
        var (u, v) = pose.Lift(0, 0);
        var m = pose.Magnification;
        return string.Create(CultureInfo.InvariantCulture, $"{cos / m,12:0.0000000}{-sin / m,12:0.0000000}{sin / m,12:0.0000000}{cos / m,12:0.0000000}{u,12:0.000}{v,12:0.000}");
    }));

    public static Stream Angles(IEnumerable<double> degrees) => Lines(degrees.Select(angle => string.Create(CultureInfo.InvariantCulture, $"{angle,8:0.00}")));

    /// <summary>The pose that a line of an .xf file stands for.</summary>
    public static ViewPose Pose(ReadOnlySpan<double> line, double tilt)
    {
        var determinant = (line[0] * line[3]) - (line[1] * line[2]);
        var magnification = 1 / Math.Sqrt(determinant);
        var bare = new ViewPose(tilt, Math.Atan2(line[2], line[0]) * 180 / Math.PI, magnification, 0, 0);
        var (x, y) = bare.Place(line[4], line[5]);
        return bare with { ShiftX = -x, ShiftY = -y };
    }

    private static MemoryStream Lines(IEnumerable<string> lines) => new(Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n"));
}
