using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Files;
using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>The picture that is drawn on: the last two axes, of a spectrum image or a diffraction scan the first two.</summary>
/// <param name="Name">Of the data set.</param>
/// <param name="Stack">Axes of its frames, the slowest first; none where the map of a scan is drawn on.</param>
/// <param name="IsScan">Pixels are spectra or patterns; they have no grey value of their own.</param>
/// <param name="Role">Of the person asking.</param>
internal sealed record Canvas(Guid ProjectId, Guid DatasetId, int SignalIndex, string Name, Axis X, Axis Y, IReadOnlyList<Axis> Stack, bool IsScan, ProjectRole Role)
{
    public long Frames => Picture.Frames;

    public DrawnPicture Picture => new(Name, X, Y, Stack);

    public Guid LayerId => AnnotationLayer.IdOf(DatasetId, SignalIndex);

    /// <summary>px unless both axes have the same unit: a length across two units means nothing.</summary>
    public string Unit => X.IsCalibrated && X.Unit == Y.Unit ? X.Unit : "px";

    /// <summary><c>null</c> where the person sees no such signal.</summary>
    /// <exception cref="ProblemException">Invalid: the signal is no picture.</exception>
    public static async Task<Canvas?> FindAsync(CryoHubDb db, Guid userId, Guid datasetId, int index, CancellationToken ct)
    {
        var row = await db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId)
            .SelectMany(d => d.Signals.Where(s => s.Index == index), (d, s) => new { d.ProjectId, d.Name, s.Kind, s.Axes, Role = d.Project.Access.Where(a => a.UserId == userId).Max(a => a.Role) })
            .SingleOrDefaultAsync(ct);
        if (row is null)
        {
            return null;
        }

        var axes = SignalJson.ReadAxes(row.Axes);
        if (axes.Count < 2)
        {
            throw ProblemException.Invalid($"Shapes are drawn on pictures; this signal has {axes.Count} {(axes.Count == 1 ? "axis" : "axes")}.");
        }

        var isScan = row.Kind is "spectrum-image" or "diffraction-scan";
        var (y, x) = isScan ? (axes[0], axes[1]) : (axes[^2], axes[^1]);
        return new(row.ProjectId, datasetId, index, row.Name, x, y, isScan ? [] : [.. axes.SkipLast(2)], isScan, row.Role);
    }

    public ShapeMeasures Measure(ShapeGeometry shape) => Unit == "px" ? ShapeMeasures.Of(shape, 1, 1, "px") : ShapeMeasures.Of(shape, X.Step, Y.Step, Unit);

    public void MayDraw()
    {
        if (Role < ProjectRole.Annotator)
        {
            throw new ProblemException(ProblemKind.Forbidden, "You may look at this project, not draw in it.");
        }
    }
}
