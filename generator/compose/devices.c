/* SPDX-License-Identifier: ISC */
/* devices.c -- checks the manifest's devices against the modules that back them */
#include "compose/devices.h"

#include <string.h>

#include "base/diag.h"
#include "base/strings.h"
#include "base/text.h"

static struct module *module_of(const struct modules *modules, const char *type)
{
	for (size_t i = 0; i < modules->count; i++)
		if (modules->items[i]->device_type && !strcmp(modules->items[i]->device_type, type))
			return modules->items[i];
	return NULL;
}

static void property_check(const struct module *module, const struct device *device, const struct property *property)
{
	struct strings known = {0};
	const char *nearest;

	for (size_t i = 0; i < module->property_count; i++) {
		const struct field *field = &module->properties[i];
		bool is_bool = !strcmp(property->value, "true") || !strcmp(property->value, "false");
		bool is_number = property->value[0] && strspn(property->value, "0123456789") == strlen(property->value);

		strings_add(&known, field->name);
		if (strcmp(field->name, property->key))
			continue;
		if (!strcmp(field->type, "bool") ? !is_bool : !is_number)
			error_at(property->where, "\"%s\" of device \"%s\" is %s; %s is accepted", property->key,
				 device->name, property->value,
				 strcmp(field->type, "bool") ? "a whole number" : "true or false");
		return;
	}
	nearest = str_nearest(property->key, &known);
	if (!known.count)
		error_at(property->where, "device type \"%s\" has no \"%s\"; only \"name\" and \"type\" are accepted",
			 device->type, property->key);
	else
		error_at(property->where, "device type \"%s\" has no \"%s\"; did you mean \"%s\"?", device->type,
			 property->key, nearest ? nearest : known.items[0]);
}

void devices_check(struct composition *composition)
{
	struct manifest *manifest = composition->manifest;
	struct strings types = {0};

	for (size_t m = 0; m < composition->available.count; m++)
		if (composition->available.items[m]->device_type)
			strings_add(&types, composition->available.items[m]->device_type);
	for (size_t i = 0; i < manifest->device_count; i++) {
		struct device *device = &manifest->devices[i];

		device->module = module_of(&composition->available, device->type);
		if (!device->module) {
			error_at(device->where, "no module backs device type \"%s\"; accepted are: %s", device->type,
				 types.count ? str_join(&types, ", ") : "none, since no module here backs a device");
			continue;
		}
		device->index = device->module->device_count++;
		for (size_t p = 0; p < device->property_count; p++)
			property_check(device->module, device, &device->properties[p]);
	}
	errors_exit();
}
