using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace CryoHub.Analyses.Parameters;

/// <summary>One property of a parameter record, as the form, the schema and the reader see it.</summary>
internal sealed class ParameterField
{
    private readonly PropertyInfo property;

    private ParameterField(PropertyInfo property)
    {
        this.property = property;
        Key = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Element = Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Type.GetGenericArguments()[0] : null;
        Display = property.GetCustomAttribute<DisplayAttribute>();
        Unit = property.GetCustomAttribute<UnitAttribute>()?.Symbol;
        Range = property.GetCustomAttribute<RangeAttribute>();
        IsRequired = property.IsDefined(typeof(RequiredAttribute));
        MinimumLength = property.GetCustomAttribute<MinLengthAttribute>()?.Length ?? 0;
        IsNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
    }

    /// <summary>Name in JSON and on the command line.</summary>
    public string Key { get; }

    /// <summary>Type of the value, without <c>Nullable</c>.</summary>
    public Type Type { get; }

    /// <summary>Type of the items of a list; <c>null</c> where the field is none.</summary>
    public Type? Element { get; }

    public DisplayAttribute? Display { get; }

    public string? Unit { get; }

    public RangeAttribute? Range { get; }

    public bool IsRequired { get; }

    public bool IsNullable { get; }

    public int MinimumLength { get; }

    public object? ValueIn(object record) => property.GetValue(record);

    /// <summary>The fields of a parameter record in order of declaration.</summary>
    public static IReadOnlyList<ParameterField> Of(Type record) =>
        [.. record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => new ParameterField(property))];

    public static bool IsRecord(Type type) => type.IsClass && type != typeof(string);

    public static bool IsInteger(Type type) => type == typeof(int) || type == typeof(long);

    public static bool IsNumber(Type type) => IsInteger(type) || type == typeof(double);
}
