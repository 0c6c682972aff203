namespace CryoHub.Platform.Crates;

/// <summary>What a crate would hold.</summary>
/// <param name="Files">Originals, files and stored pieces of pictures and volumes.</param>
/// <param name="Bytes">Of these files.</param>
/// <param name="Refusal">Why the files cannot go along, in a sentence; empty where they can.</param>
public sealed record CrateSize(int Samples, int Steps, int Datasets, int Results, int Files, long Bytes, string Refusal);
