using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform.Quantities;

namespace CryoHub.Platform.Limits;

/// <summary>A limit as a person types it.</summary>
/// <param name="Subject">A phase, a frozen medium or a metal.</param>
/// <param name="Value">A fluence (<c>750 e/Å²</c>), a temperature (<c>138 K</c>) or a number of ppm × minutes.</param>
/// <param name="Source">Who says so: a paper, or the measurement of the lab's own.</param>
public sealed record LimitText(string Subject, string Value, double? BeamKeV = null, string Criterion = "", string Source = "", bool IsMeasured = false)
{
    internal const int LongestSubject = 60, LongestWords = 400;

    /// <summary>Puts what was typed into a row.</summary>
    /// <exception cref="ProblemException">Invalid: no subject, no source, no number, a unit of another dimension, a value that cannot be.</exception>
    internal void WriteTo(LabLimit limit)
    {
        var quantity = Read(limit.Kind);
        limit.Subject = Required.Name(Subject, LongestSubject);
        limit.Value = quantity.Si > 0 ? quantity.Si : throw new ProblemException(ProblemKind.Invalid, $"A limit of {Value.Trim()} leaves nothing; expected more than 0.");
        limit.Typed = quantity.Typed;
        limit.BeamKeV = limit.Kind != LimitKind.Fluence ? null : BeamKeV is null or (> 0 and <= 3000) ? BeamKeV : throw new ProblemException(ProblemKind.Invalid, $"A beam of {BeamKeV.Value.ToString(CultureInfo.InvariantCulture)} keV is not possible; expected 0 to 3000 keV, or none.");
        limit.Criterion = Words(Criterion, "criterion");
        limit.Source = Words(Source, "source") is { Length: > 0 } source ? source : throw new ProblemException(ProblemKind.Invalid, "A limit needs its source: a paper, or the measurement of your own.");
        limit.IsMeasured = IsMeasured;
    }

    private Quantity Read(LimitKind kind) => kind switch
    {
        LimitKind.Fluence => Quantity.Parse(Value ?? "", Dimension.Fluence, Units.Find("e/Å²", Dimension.Fluence)!),
        LimitKind.Warmth => Quantity.Parse(Value ?? "", Dimension.Temperature, Units.Find("K", Dimension.Temperature)!),
        _ => double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var ppmMin) && double.IsFinite(ppmMin)
            ? new Quantity(ppmMin, $"{Value.Trim()} ppm·min")
            : throw new ProblemException(ProblemKind.Invalid, $"“{Value}” is no number of ppm × minutes; expected for instance 60."),
    };

    private static string Words(string? said, string what) => (said ?? "").Trim() is { Length: <= LongestWords } trimmed
        ? trimmed
        : throw new ProblemException(ProblemKind.Invalid, $"The {what} has {said!.Trim().Length} characters; {LongestWords} is the limit.");
}
