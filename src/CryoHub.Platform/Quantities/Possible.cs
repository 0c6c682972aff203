using CryoHub.Imaging;

namespace CryoHub.Platform.Quantities;

/// <summary>What physics allows, whatever a template says.</summary>
internal static class Possible
{
    /// <exception cref="ProblemException">Invalid: below absolute zero, a negative amount, more than the whole.</exception>
    public static void Check(Quantity quantity, Dimension dimension, Unit unit)
    {
        switch (dimension)
        {
            case Dimension.Temperature when quantity.Si < 0:
                Refuse($"{quantity.Typed} lies below absolute zero, {new Quantity(0, "").Show(unit, 5)}.");
                break;
            case Dimension.Fraction when quantity.Si is < 0 or > 1:
                Refuse($"{quantity.Typed} is not between nothing and the whole (0 to {new Quantity(1, "").Show(unit, 7)}).");
                break;
            case Dimension.Voltage or Dimension.Current or Dimension.CurrentDensity or Dimension.Angle or Dimension.Position or Dimension.Temperature or Dimension.Fraction:
                break;   // have a sign or were looked at
            case Dimension.Count when quantity.Si != Math.Floor(quantity.Si):
                Refuse($"{quantity.Typed} is not a whole number.");
                break;
            case var _ when quantity.Si < 0:
                Refuse($"{quantity.Typed} is negative.");
                break;
        }
    }

    private static void Refuse(string reason) => throw new ProblemException(ProblemKind.Invalid, reason);
}
