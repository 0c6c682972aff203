namespace CryoHub.Platform.Labs;

/// <summary>What a person is in a lab, weakest first.</summary>
public enum LabRole { Viewer, Member, Manager, Owner }
