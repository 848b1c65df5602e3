using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Threadwell.Web.Text;

/// <summary>Texts of a feature in a language that is chosen for a document, whatever the page's own language is.</summary>
/// <param name="feature">Mark of the texts.</param>
/// <param name="language">"en" or "vi".</param>
internal sealed class LanguageTexts(Type feature, string language)
{
    private static readonly ConcurrentDictionary<Type, ResourceManager> Managers = new();

    private readonly ResourceManager texts = Managers.GetOrAdd(feature, mark => new ResourceManager(mark.FullName!, mark.Assembly));
    private readonly CultureInfo culture = Languages.Cultures.First(culture => culture.Name == language);

    /// <summary>A text with values in its places.</summary>
    /// <exception cref="ArgumentException">There is no such text.</exception>
    public string this[string key, params object[] values]
    {
        get
        {
            string text = texts.GetString(key, culture) ?? throw new ArgumentException($"There is no text '{key}'.", nameof(key));
            return values.Length == 0 ? text : string.Format(culture, text, values);
        }
    }
}
