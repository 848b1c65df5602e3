using Threadwell.Anatomy;
using Threadwell.Storage.Outcomes;
using Threadwell.Web.Pages;

namespace Threadwell.Web.Registry;

/// <summary>By what treatments are grouped and chosen.</summary>
/// <param name="Name">Name in the address.</param>
/// <param name="Of">Value of a treatment.</param>
public sealed record RegistryDimension(string Name, Func<RegistryTreatment, string> Of)
{
    /// <summary>Polymer.</summary>
    public static RegistryDimension Material { get; } = new("material", treatment => treatment.Material);

    /// <summary>Area.</summary>
    public static RegistryDimension Area { get; } = new("area", treatment => treatment.Area);

    /// <summary>Who treated.</summary>
    public static RegistryDimension Operator { get; } = new("operator", treatment => treatment.Operator);

    /// <summary>Where.</summary>
    public static RegistryDimension Facility { get; } = new("facility", treatment => treatment.Facility);

    /// <summary>Band of age.</summary>
    public static RegistryDimension Age { get; } = new("age", treatment => treatment.Age);

    /// <summary>Sex.</summary>
    public static RegistryDimension Sex { get; } = new("sex", treatment => treatment.Sex == Anatomy.Sex.Female ? "female" : "male");

    /// <summary>All that can be chosen by.</summary>
    public static IReadOnlyList<RegistryDimension> All { get; } = [Material, Area, Operator, Facility, Age, Sex];
}

/// <summary>What of the registry is asked for, as the address says.</summary>
public sealed record RegistryFilter
{
    /// <summary>What is chosen: the value of each dimension that is given.</summary>
    public IReadOnlyDictionary<RegistryDimension, string> Chosen { get; init; } = new Dictionary<RegistryDimension, string>();

    /// <summary>First quarter; null for no limit.</summary>
    public int? From { get; init; }

    /// <summary>Last quarter; null for no limit.</summary>
    public int? Until { get; init; }

    /// <summary>The least severity of complications that are counted.</summary>
    public ComplicationSeverity Severity { get; init; }

    /// <summary>The kind of complication that is counted by group; null for any.</summary>
    public ComplicationKind? Kind { get; init; }

    /// <summary>By what curves are told apart; null for one curve.</summary>
    public RegistryDimension? By { get; init; }

    /// <summary>Whether every lot is listed.</summary>
    public bool AllLots { get; init; }

    /// <summary>Reads an address or a form.</summary>
    /// <param name="value">The value of a name; null or empty where it is not given.</param>
    /// <returns>The filter; null where a value is none that the registry knows.</returns>
    public static RegistryFilter? Read(Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        bool known = true;
        var chosen = new Dictionary<RegistryDimension, string>();
        foreach (RegistryDimension dimension in RegistryDimension.All)
        {
            if (value(dimension.Name) is { Length: > 0 } text)
            {
                chosen[dimension] = text;
                known &= IsValue(dimension, text);
            }
        }

        var filter = new RegistryFilter
        {
            Chosen = chosen,
            From = Given("from", Quarters.Read),
            Until = Given("until", Quarters.Read),
            Severity = Given("severity", Names<ComplicationSeverity>) ?? ComplicationSeverity.Mild,
            Kind = Given("kind", Names<ComplicationKind>),
            By = value("by") is { Length: > 0 } by ? RegistryDimension.All.FirstOrDefault(dimension => dimension.Name == by && dimension.Name is "material" or "area") : null,
            AllLots = value("lots") == "all",
        };
        known &= value("by") is not { Length: > 0 } || filter.By is not null;
        return known && !(filter.From > filter.Until) ? filter : null;

        T? Given<T>(string name, Func<string, T?> read)
            where T : struct
        {
            if (value(name) is not { Length: > 0 } text)
            {
                return null;
            }

            T? found = read(text);
            known &= found is not null;
            return found;
        }
    }

    /// <summary>The address of what is asked for.</summary>
    public string Address()
    {
        string query = string.Join('&', Values().Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        return query.Length == 0 ? "/registry" : $"/registry?{query}";
    }

    /// <summary>What is given, by name.</summary>
    public IEnumerable<(string Name, string Value)> Values()
    {
        foreach ((RegistryDimension dimension, string value) in Chosen.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
        {
            yield return (dimension.Name, value);
        }

        foreach ((string name, string? value) in ((string, string?)[])
        [
            ("from", From is { } from ? Quarters.Write(from) : null), ("until", Until is { } until ? Quarters.Write(until) : null),
            ("severity", Severity == ComplicationSeverity.Mild ? null : PageWords.Of(Severity)), ("kind", Kind is { } kind ? PageWords.Of(kind) : null), ("by", By?.Name), ("lots", AllLots ? "all" : null),
        ])
        {
            if (value is not null)
            {
                yield return (name, value);
            }
        }
    }

    private static bool IsValue(RegistryDimension dimension, string text) => dimension.Name switch
    {
        "material" => text is "PDO" or "PLLA" or "PCL" or "PLCL" or RegistryTreatment.Several or RegistryTreatment.None,
        "area" => Enum.GetNames<TreatmentArea>().Contains(text, StringComparer.Ordinal) || text is RegistryTreatment.Several or RegistryTreatment.None,
        "age" => AgeBands.All.Contains(text, StringComparer.Ordinal),
        "sex" => text is "female" or "male",
        _ => Guid.TryParseExact(text, "D", out _),
    };

    private static T? Names<T>(string text)
        where T : struct, Enum => Enum.GetValues<T>().Where(value => PageWords.Of(value) == text).Select(value => (T?)value).FirstOrDefault();
}
