namespace CryoHub.Platform.Quantities;

/// <summary>What a quantity measures; two units of one dimension convert into each other. A position is a length with a sign.</summary>
public enum Dimension
{
    Temperature, Duration, Length, Position, Area, Volume, Pressure, Voltage, Current, CurrentDensity, ArealCapacity, Concentration, Fraction, Angle, BeamEnergy,
    Fluence, FluenceRate, Mass, SurfaceMass, Count,
}
