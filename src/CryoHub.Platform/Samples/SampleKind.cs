namespace CryoHub.Platform.Samples;

/// <summary>Steps of the physical chain from the cell to what lies under the beam.</summary>
public enum SampleKind { Cell, Electrode, Specimen, Lamella, Grid }
