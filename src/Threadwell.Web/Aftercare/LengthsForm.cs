using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Threadwell.Care.Aftercare;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Aftercare;

/// <summary>The clinic's own lengths as they were typed. What a form left out arrives as null.</summary>
internal sealed class LengthsForm
{
    /// <summary>The rules whose length a clinic may set.</summary>
    public static IReadOnlyList<AftercareRule> Rules { get; } = [.. AftercareRulebookFile.Shipped.Rules.Where(rule => rule.Minimum is not null)];

    /// <summary>What was typed, by the id of the rule; empty for the rule's own length.</summary>
    [AllowNull]
    public Dictionary<string, string?> Lengths { get; set => field = value ?? new(StringComparer.Ordinal); } = new(StringComparer.Ordinal);

    /// <summary>Revision of the settings that was read.</summary>
    public long Revision { get; set; }

    /// <summary>The lengths as they are kept.</summary>
    public static LengthsForm Of(AftercareLengths lengths, long revision) => new()
    {
        Lengths = lengths.Lengths.ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal),
        Revision = revision,
    };

    /// <summary>Reads them; a length that is the rule's own is none of the clinic's.</summary>
    /// <param name="problems">Receives what is wrong, a sentence a field.</param>
    /// <param name="text">The texts.</param>
    public IReadOnlyDictionary<string, int> Read(FieldProblems problems, IStringLocalizer<CareRulesText> text)
    {
        var read = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (AftercareRule rule in Rules)
        {
            string typed = (Lengths.GetValueOrDefault(rule.Id) ?? "").Trim();
            int longest = AftercareRulebookFile.Longest(rule.Until.End);
            if (typed.Length == 0)
            {
                continue;
            }

            string field = $"Form.Lengths[{rule.Id}]";
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > longest)
            {
                problems.Add(field, text["number", longest]);
            }
            else if (length < rule.Minimum!.Length)
            {
                problems.Add(field, text["short", rule.Minimum.Length]);
            }
            else if (length != rule.Until.Length)
            {
                read[rule.Id] = length;
            }
        }

        return read;
    }
}
