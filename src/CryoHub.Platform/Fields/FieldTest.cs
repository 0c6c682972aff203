namespace CryoHub.Platform.Fields;

/// <summary>How a filter compares.</summary>
public enum FieldTest { Is, IsNot, Contains, Below, AtMost, Above, AtLeast, Recorded, Missing }
