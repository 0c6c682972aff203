using CryoHub.Imaging;

namespace CryoHub.Analyses.Annotated;

/// <summary>What a measuring tool measures: an image of labels or a file of shapes, with the picture that tells the size of a pixel.</summary>
/// <param name="Labels">Whole numbers; <c>null</c> where shapes are given.</param>
/// <param name="Shapes">A GeoJSON document; <c>null</c> where labels are given.</param>
/// <param name="Picture">Labels, else the input "signal"; <c>null</c> where shapes stand alone.</param>
internal sealed record DrawnInputs(ISignal? Labels, ISignal? Shapes, SignalHeader? Picture)
{
    /// <summary>Takes the inputs of a run.</summary>
    /// <exception cref="ProblemException">Invalid: neither labels nor shapes, or both.</exception>
    public static DrawnInputs Of(AnalysisRun run, AnalysisInfo info)
    {
        var (labels, shapes) = (Optional("labels"), Optional("shapes"));
        return labels is null != shapes is null
            ? new(labels, shapes, (labels ?? Optional("signal"))?.Header)
            : throw ProblemException.Invalid($"{info.Title} needs an input \"labels\" (whole numbers) or \"shapes\" (GeoJSON); found {(labels is null ? "none" : "both: take one")}.");

        ISignal? Optional(string role) => run.Inputs.ContainsKey(role) ? run.Input(info, role) : null;
    }
}
