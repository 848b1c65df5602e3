using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Threadwell.Plans.Files;

namespace Threadwell.Web.Text;

/// <summary>Hands a page's texts and facts to its scripts, as data beside the page: a script holds no text of its own.</summary>
/// <param name="factory">The resource files.</param>
internal sealed class PageTexts(IStringLocalizerFactory factory)
{
    // Script-safe: every '<' is escaped, so no text can end the element.
    private static readonly JsonSerializerOptions Options = Written();

    /// <summary>The element <c>script#page</c> of type JSON: language, texts of the features, and what the page knows.</summary>
    /// <param name="facts">What the page knows; null for nothing.</param>
    /// <param name="features">Marks of the texts.</param>
    public MarkupString Element(object? facts, params IReadOnlyList<Type> features)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Type feature in features)
        {
            foreach (LocalizedString text in factory.Create(feature).GetAllStrings(includeParentCultures: true))
            {
                texts.TryAdd(text.Name, text.Value);
            }
        }

        string json = JsonSerializer.Serialize(new { language = CultureInfo.CurrentUICulture.Name, texts, facts }, Options);
        return new MarkupString($"<script type=\"application/json\" id=\"page\">{json}</script>");
    }

    // Values as the API writes them, so that a script reads both alike.
    private static JsonSerializerOptions Written()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };
        foreach (JsonConverter converter in PlanJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }

        return options;
    }
}
