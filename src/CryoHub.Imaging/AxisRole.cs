namespace CryoHub.Imaging;

/// <summary>What one steps through along an axis.</summary>
public enum AxisRole { Frame, Space, Reciprocal, Energy, Tilt, Time, Channel }
