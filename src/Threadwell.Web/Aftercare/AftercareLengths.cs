using System.Text.Json;
using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Storage.Clinic;

namespace Threadwell.Web.Aftercare;

/// <summary>The clinic's own lengths of aftercare, and who signed rules and lengths off.</summary>
/// <param name="Lengths">Length by the id of the rule, in the unit of the rule.</param>
/// <param name="SignedOffBy">The doctor who signed; null while nobody has.</param>
/// <param name="SignedOffAt">When; null while nobody has.</param>
/// <param name="SignedOffRules">Version of the rules that were signed off with the lengths.</param>
public sealed record AftercareLengths(IReadOnlyDictionary<string, int> Lengths, Guid? SignedOffBy, Instant? SignedOffAt, int SignedOffRules)
{
    /// <summary>None, signed by nobody.</summary>
    public static AftercareLengths None { get; } = new(new Dictionary<string, int>(StringComparer.Ordinal), null, null, 0);

    /// <summary>Whether the rules of a version, with these lengths, were signed off.</summary>
    /// <param name="version">The version.</param>
    public bool CoversRules(int version) => SignedOffBy is not null && SignedOffRules == version;

    /// <summary>The lengths as the settings keep them.</summary>
    /// <param name="settings">The settings.</param>
    public static AftercareLengths Of(ClinicSettings settings)
    {
        if (settings.AftercareJson.Length == 0)
        {
            return None;
        }

        Content content = JsonSerializer.Deserialize<Content>(settings.AftercareJson, JsonSerializerOptions.Web)!;
        return new AftercareLengths(content.Lengths, content.SignedOffBy, content.SignedOffAt is { } at ? Instant.FromUnixTimeMilliseconds(at) : null, content.SignedOffRules);
    }

    /// <summary>Writes them into the settings.</summary>
    /// <param name="settings">The settings.</param>
    public void Keep(ClinicSettings settings) => settings.AftercareJson = Lengths.Count == 0 && SignedOffBy is null
        ? ""
        : JsonSerializer.Serialize(new Content(Lengths.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal), SignedOffBy, SignedOffAt?.ToUnixTimeMilliseconds(), SignedOffRules), JsonSerializerOptions.Web);

    /// <summary>What of them the rules of today take: a rule that is gone has no length, and one whose minimum has risen holds for the minimum.</summary>
    /// <param name="rules">The rules.</param>
    public IReadOnlyDictionary<string, int> Within(AftercareRulebook rules) => rules.Rules
        .Where(rule => rule.Minimum is not null && Lengths.ContainsKey(rule.Id))
        .ToDictionary(rule => rule.Id, rule => Math.Max(Lengths[rule.Id], rule.Minimum!.Length), StringComparer.Ordinal);

    private sealed record Content(Dictionary<string, int> Lengths, Guid? SignedOffBy, long? SignedOffAt, int SignedOffRules);
}
