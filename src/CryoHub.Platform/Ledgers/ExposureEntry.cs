namespace CryoHub.Platform.Ledgers;

/// <summary>One step's share of the exposure, and the sums with it.</summary>
/// <param name="OxygenPpmMin">Oxygen, ppm × minutes, summed to the end of this step.</param>
/// <param name="WaterPpmMin">Water, likewise.</param>
/// <param name="IsRecorded">False where the step took time and says neither how much oxygen or water was there nor that the specimen was shut off from gas.</param>
public sealed record ExposureEntry(ChronicleStep Step, double OxygenPpmMin, double WaterPpmMin, bool IsRecorded);
