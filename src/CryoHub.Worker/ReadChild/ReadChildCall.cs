using System.Globalization;

namespace CryoHub.Worker.ReadChild;

/// <summary>The child's command line.</summary>
/// <param name="MemoryMiB">Address space beside what the runtime reserves.</param>
/// <param name="ProcessorSeconds">Processor time in all.</param>
/// <param name="Path">A local original to open before the doors close; <c>null</c> where the parent serves the bytes.</param>
/// <param name="Descriptor">The same, opened.</param>
/// <param name="Confined">True at the second start.</param>
internal sealed record ReadChildCall(int MemoryMiB, int ProcessorSeconds, string? Path, int? Descriptor, bool Confined)
{
    public const string Verb = "read-child";

    public IReadOnlyList<string> Arguments() =>
    [
        Verb,
        Confined ? "confined" : "start",
        MemoryMiB.ToString(CultureInfo.InvariantCulture),
        ProcessorSeconds.ToString(CultureInfo.InvariantCulture),
        Descriptor?.ToString(CultureInfo.InvariantCulture) ?? "",
        Path ?? "",
    ];

    /// <summary>The inverse of <see cref="Arguments"/>, without the verb.</summary>
    public static ReadChildCall Parse(IReadOnlyList<string> arguments) => new(
        int.Parse(arguments[1], CultureInfo.InvariantCulture),
        int.Parse(arguments[2], CultureInfo.InvariantCulture),
        arguments[4].Length > 0 ? arguments[4] : null,
        arguments[3].Length > 0 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : null,
        arguments[0] == "confined");
}
