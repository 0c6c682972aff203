using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;

namespace CryoHub.Web.Features.Annotations;

/// <summary>A view in pixels (all four sides, or none for everything) and a frame, counted from 0.</summary>
internal readonly record struct ShapeQuery(double? Left, double? Top, double? Right, double? Bottom, int? Frame)
{
    public ShapeBox? View => (Left, Top, Right, Bottom) switch
    {
        (null, null, null, null) => null,
        ({ } left, { } top, { } right, { } bottom) when double.IsFinite(left + top + right + bottom) => new ShapeBox(left, top, right, bottom),
        _ => throw NoView(),
    };

    public static ProblemException NoView() => ProblemException.Invalid("A view needs left, top, right and bottom.");
}
