namespace CryoHub.Formats;

/// <summary>What <c>cryohub formats</c> and the documentation say about a format.</summary>
/// <param name="Key">Kebab-case key stored with each data set, never changed: <c>mrc</c>, <c>digital-micrograph</c>.</param>
/// <param name="Title">Name as users know it.</param>
/// <param name="Extensions">With the dot, lower case.</param>
/// <param name="Reads">What is read, in a line.</param>
/// <param name="NotRead">What is not, in a line; empty where everything is.</param>
/// <param name="Specification">Where the format is described.</param>
public sealed record FormatInfo(string Key, string Title, IReadOnlyList<string> Extensions, string Reads, string NotRead, string Specification);
