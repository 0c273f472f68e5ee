// Makes a JSON Schema of what Adatum says of a table: {"columns": [{"key": "town", "label": "Town", "kind": "text"}]}.
public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        var response = await Context.SendAsync(Context.Request, CancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return response;
        }
        var answer = JObject.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false));
        var fields = new JObject();
        foreach (var column in answer["columns"] as JArray ?? new JArray())
        {
            fields[(string)column["key"]] = new JObject
            {
                ["type"] = (string)column["kind"] == "number" ? "number" : "string",
                ["x-ms-summary"] = column["label"],
            };
        }
        var schema = new JObject { ["type"] = "object", ["properties"] = fields };
        response.Content = CreateJsonContent(new JObject { ["schema"] = schema }.ToString());
        return response;
    }
}
