namespace CryoHub.Platform.Datasets;

public sealed record SignalRow(int Index, string Name, string Kind, string PixelType, IReadOnlyList<long> Shape);
