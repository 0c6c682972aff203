using CryoHub.Imaging.Shapes.Files;

namespace CryoHub.Imaging.Tests.Shapes;

/// <summary>Pictures that files of shapes are read for.</summary>
internal static class Drawn
{
    public static DrawnPicture Picture { get; } = new("micrograph", new("x", 400, "nm", AxisRole.Space, 0.5, 10), new("y", 300, "nm", AxisRole.Space, 0.5, -20), []);

    public static DrawnPicture Stack(long frames) => Picture with { Stack = [new("z", frames, "", AxisRole.Index)] };
}
