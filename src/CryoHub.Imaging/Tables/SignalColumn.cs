namespace CryoHub.Imaging.Tables;

/// <summary>One column of a signal whose pixels are rows of numbers: a table, a trace, a point cloud, a model.</summary>
/// <param name="Name">As the file writes it.</param>
/// <param name="Unit">Unit symbol; empty where the file states none.</param>
/// <param name="Words">Set for a column of text: its numbers are then indices into these distinct words, NaN where a cell is empty.</param>
public sealed record SignalColumn(string Name, string Unit, IReadOnlyList<string>? Words = null);
