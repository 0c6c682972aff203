namespace CryoHub.Formats.Jcamp;

/// <summary>Where a block's data are.</summary>
/// <param name="Label">Normalised label, for instance XYDATA.</param>
/// <param name="Form">Upper case without blanks and without the last brackets: <c>(X++(Y..Y</c>, <c>(XY..XY</c>.</param>
/// <param name="Start">First byte.</param>
/// <param name="End">Byte behind the last.</param>
/// <param name="Page">Of an NTUPLES block, for instance <c>N=1</c>; empty elsewhere.</param>
internal sealed record JcampTable(string Label, string Form, int Start, int End, string Page)
{
    /// <summary>Symbol of the abscissa: the letter before the pluses.</summary>
    public bool IsSeries => Form.Contains("++", StringComparison.Ordinal);

    /// <summary>Symbol of the ordinate of a series: Y, R, I, A.</summary>
    public string Ordinate => Form.LastIndexOf('(') is >= 0 and var open && open + 1 < Form.Length ? Form[open + 1].ToString() : "Y";

    /// <summary>Letters of one point of a list: XY, XYW, XYA, XYMA.</summary>
    public string Point => Form.TrimStart('(').Split("..", 2)[0];
}
