namespace CryoHub.Platform.Datasets;

/// <summary>Who called a data set ground truth, and when.</summary>
public sealed record TruthMark(string By, DateTimeOffset At);
