using CryoHub.Platform.Quantities;

namespace CryoHub.Platform.Steps;

/// <summary>What every step may say about the air and the cold around the specimen: the exposure ledger and the temperature trail are made of these.</summary>
public static class CommonFields
{
    public static StepField Gas { get; } = StepField.Choice("gas", "Around it", "argon", "nitrogen", "liquid nitrogen", "vacuum", "dry air", "air", "sealed");

    public static StepField Oxygen { get; } = StepField.Amount("oxygen", "Oxygen", Dimension.Fraction, "ppm");

    public static StepField Water { get; } = StepField.Amount("water", "Water", Dimension.Fraction, "ppm");

    public static StepField Coldest { get; } = StepField.Amount("temperature-min", "Lowest temperature", Dimension.Temperature, "°C");

    public static StepField Warmest { get; } = StepField.Amount("temperature-max", "Highest temperature", Dimension.Temperature, "°C");

    public static IReadOnlyList<StepField> All { get; } = [Gas, Oxygen, Water, Coldest, Warmest];
}
